export default definePageConfig({ navigationBarTitleText: '找人', enablePullDownRefresh: true });
