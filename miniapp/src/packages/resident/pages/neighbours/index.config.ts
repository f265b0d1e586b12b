export default definePageConfig({ navigationBarTitleText: '我照看的家', enablePullDownRefresh: true });
