export default definePageConfig({ navigationBarTitleText: '纳入党员', enablePullDownRefresh: true });
