export default definePageConfig({ navigationBarTitleText: '当场办结' });
