export default definePageConfig({ navigationBarTitleText: '抽到的单子', enablePullDownRefresh: true });
