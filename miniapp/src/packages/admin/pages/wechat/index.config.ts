export default definePageConfig({ navigationBarTitleText: '微信接入', enablePullDownRefresh: true });
