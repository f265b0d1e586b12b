export default definePageConfig({ navigationBarTitleText: '设擂台' });
