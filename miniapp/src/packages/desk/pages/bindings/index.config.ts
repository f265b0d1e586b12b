export default definePageConfig({ navigationBarTitleText: '核实身份', enablePullDownRefresh: true });
