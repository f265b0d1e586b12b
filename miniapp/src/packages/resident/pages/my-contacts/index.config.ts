export default definePageConfig({ navigationBarTitleText: '我的党员和支部', enablePullDownRefresh: true });
