export default definePageConfig({ navigationBarTitleText: '单子', enablePullDownRefresh: true });
