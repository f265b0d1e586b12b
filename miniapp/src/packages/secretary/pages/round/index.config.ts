export default definePageConfig({ navigationBarTitleText: '承诺年度', enablePullDownRefresh: true });
