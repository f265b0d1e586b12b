export default definePageConfig({ navigationBarTitleText: '一户的情况', enablePullDownRefresh: true });
