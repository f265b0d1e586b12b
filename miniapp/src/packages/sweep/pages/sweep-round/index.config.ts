export default definePageConfig({ navigationBarTitleText: '挨户去', enablePullDownRefresh: true });
