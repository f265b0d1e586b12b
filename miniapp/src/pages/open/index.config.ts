export default definePageConfig({ navigationBarTitleText: '三单' });
