export default definePageConfig({
  navigationBarTitleText: '党员名片',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
});
