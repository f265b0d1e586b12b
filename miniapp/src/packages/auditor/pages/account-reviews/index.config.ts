export default definePageConfig({ navigationBarTitleText: '账号核查', enablePullDownRefresh: true });
