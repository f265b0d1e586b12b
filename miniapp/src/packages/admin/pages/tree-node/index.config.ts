export default definePageConfig({ navigationBarTitleText: '网格和党组织', enablePullDownRefresh: true });
