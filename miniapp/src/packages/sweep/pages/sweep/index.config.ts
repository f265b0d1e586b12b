export default definePageConfig({ navigationBarTitleText: '排查', enablePullDownRefresh: true });
