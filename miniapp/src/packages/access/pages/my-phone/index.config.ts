export default definePageConfig({ navigationBarTitleText: '连接我的手机' });
