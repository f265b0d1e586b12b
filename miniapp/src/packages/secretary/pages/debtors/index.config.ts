export default definePageConfig({ navigationBarTitleText: '谁还没承诺', enablePullDownRefresh: true });
