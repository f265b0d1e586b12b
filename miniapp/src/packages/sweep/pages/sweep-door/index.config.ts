export default definePageConfig({ navigationBarTitleText: '记这一户' });
