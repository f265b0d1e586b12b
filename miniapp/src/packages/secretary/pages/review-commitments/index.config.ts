export default definePageConfig({ navigationBarTitleText: '审诺亮诺', enablePullDownRefresh: true });
