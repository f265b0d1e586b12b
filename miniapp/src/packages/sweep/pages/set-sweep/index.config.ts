export default definePageConfig({ navigationBarTitleText: '新建排查' });
