export default definePageConfig({ navigationBarTitleText: '设立承诺年度' });
