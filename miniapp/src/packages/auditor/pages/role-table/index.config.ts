export default definePageConfig({ navigationBarTitleText: '岗位权限表', enablePullDownRefresh: true });
