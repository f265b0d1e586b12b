export default definePageConfig({ navigationBarTitleText: '承诺数字', enablePullDownRefresh: true });
