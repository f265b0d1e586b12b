export default definePageConfig({ navigationBarTitleText: '导入承诺', enablePullDownRefresh: true });
