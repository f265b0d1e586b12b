export default definePageConfig({ navigationBarTitleText: '换届交接', enablePullDownRefresh: true });
