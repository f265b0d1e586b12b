export default definePageConfig({ navigationBarTitleText: '村民家庭', enablePullDownRefresh: true });
