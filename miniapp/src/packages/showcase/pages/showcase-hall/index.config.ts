export default definePageConfig({ navigationBarTitleText: '大屏', pageOrientation: 'auto' });
