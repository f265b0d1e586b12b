export default definePageConfig({ navigationBarTitleText: '准备交接', enablePullDownRefresh: true });
