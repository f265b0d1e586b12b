export default definePageConfig({ navigationBarTitleText: '一格三员', enablePullDownRefresh: true });
