export default definePageConfig({ navigationBarTitleText: '打擂比武', enablePullDownRefresh: true });
