export default definePageConfig({ navigationBarTitleText: '答复投诉建议', enablePullDownRefresh: true });
