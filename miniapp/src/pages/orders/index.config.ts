export default definePageConfig({ navigationBarTitleText: '点单', enablePullDownRefresh: true });
