export default definePageConfig({ navigationBarTitleText: '给分' });
