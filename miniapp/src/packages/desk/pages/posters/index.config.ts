export default definePageConfig({ navigationBarTitleText: '码和海报', enablePullDownRefresh: true });
