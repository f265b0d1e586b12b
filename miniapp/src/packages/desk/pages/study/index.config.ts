export default definePageConfig({ navigationBarTitleText: '研判派单', enablePullDownRefresh: true });
