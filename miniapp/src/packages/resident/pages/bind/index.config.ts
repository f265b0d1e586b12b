export default definePageConfig({ navigationBarTitleText: '绑定手机', enablePullDownRefresh: true });
