export default definePageConfig({ navigationBarTitleText: '我联系的户', enablePullDownRefresh: true });
