/** Who has to do something about an answer of WeChat's. */
export const whoActs = {
  operator: '请管理员或运维处理',
  wait: '不用管，过一会儿自己会好',
  nobody: '平常的事，不用处理',
  bug: '程序的错，请报给开发方',
} as const;
export type WhoActs = keyof typeof whoActs;

export interface ErrcodeWords {
  readonly meaning: string;
  readonly todo: string;
  readonly who: WhoActs;
}

const operator = (meaning: string, todo: string): ErrcodeWords => ({ meaning, todo, who: 'operator' });
const wait = (meaning: string, todo = '系统会自己再试；一小时还不好，到微信公众平台看接口状态。'): ErrcodeWords => ({
  ...{ meaning, todo, who: 'wait' },
});
const nobody = (meaning: string, todo: string): ErrcodeWords => ({ meaning, todo, who: 'nobody' });
const bug = (meaning: string): ErrcodeWords => ({ meaning, todo: '把这一行和编号（rid）发给开发方。', who: 'bug' });

const secret = '到微信公众平台“开发管理”核对 AppID 和 AppSecret，改服务器的 WECHAT_APPID、WECHAT_SECRET 后重启。';
const account = '登录微信公众平台看通知，按要求申诉、解封。';
const token = wait(
  '访问凭证过期或被换掉了',
  '系统会换新的再试一次；反复出现，请查是不是别的程序也在用这个 AppSecret。',
);
const ipToConfirm = '请小程序管理员在手机微信里确认这个服务器地址。';

/** Every errcode of wechat.md §1–7, in the words of whoever runs a county's service. */
export const errcodes: Readonly<Record<number, ErrcodeWords>> = {
  // §1 of every call
  [-1]: wait('微信系统忙'),
  40001: {
    ...token,
    meaning: 'AppSecret 不对，或访问凭证失效',
    todo: `${token.todo}登录时出现，请核对 AppSecret。`,
    who: 'operator',
  },
  40014: { ...token, meaning: '访问凭证不对' },
  42001: { ...token, meaning: '访问凭证过期' },
  40002: bug('取访问凭证的方式不对'),
  40013: operator('AppID 不对，或凭证是别的小程序的', secret),
  40125: operator('AppSecret 不对', secret),
  41002: operator('没有填 AppID', secret),
  41004: operator('没有填 AppSecret', secret),
  40164: operator('服务器的地址不在 IP 白名单里', '到微信公众平台“开发管理 - 开发设置 - IP 白名单”加上旁边写的地址。'),
  40243: operator('AppSecret 被冻结', '到微信公众平台“开发管理”解冻或重置 AppSecret，再改服务器的 WECHAT_SECRET。'),
  50004: operator('不让取访问凭证', account),
  50007: operator('小程序账号被冻结', account),
  41001: bug('没有带访问凭证'),
  43002: bug('要用 POST 请求'),
  44002: bug('请求内容是空的'),
  47001: bug('请求内容读不懂或少了一项'),
  45009: operator('今天的次数用完了', '明天自动恢复；常常用完，请到微信公众平台申请提高额度。'),
  45011: wait('一分钟内次数太多'),
  44990: wait('一秒内次数太多'),
  44991: wait('一分钟内次数太多'),
  44993: wait('一天内次数太多', '明天自动恢复。'),
  48001: operator('这个接口没有开通', '到微信公众平台看接口权限，按要求认证、开通。'),
  48006: wait('这个月清零次数用完了', '下个月自动恢复。'),
  89503: operator('服务器地址要管理员确认', ipToConfirm),
  89506: operator('管理员拒绝了这个地址，24 小时内不能用', ipToConfirm),
  89507: operator('管理员拒绝了这个地址，1 小时内不能用', ipToConfirm),
  // §2 sign-in
  40029: nobody('登录或手机号的凭证用过、过期或不对', '本人再点一次就好；突然很多，可能有人在试。'),
  40163: nobody('登录凭证已经用过', '本人再点一次就好。'),
  40226: nobody('微信认为这个用户风险高，不让登录', '本人到微信里查看账号状态；这里帮不了。'),
  40097: bug('参数不对'),
  87007: nobody('微信里没有这个人的登录状态', '本人重新打开小程序就好。'),
  87008: bug('签名的方法不对'),
  87009: nobody('登录状态换过了，签名对不上', '本人重新打开小程序就好。'),
  // §5 subscribe messages
  40003: nobody('这个人不是本小程序的用户，或已经注销', '消息留在小程序里，不用管。'),
  40037: operator('模板不存在', '到微信公众平台“订阅消息”核对模板编号，改系统里的设置。'),
  41030: operator('要打开的页面不在发布的版本里', '请发布带有这个页面的版本。'),
  43101: nobody('本人没有同意收，或同意的次数用完了', '消息留在小程序里，不用管。'),
  43107: operator('订阅消息的能力或模板被封', account),
  43108: wait('同一时间给同一个人发了两条', '系统会隔一会儿再发。'),
  45168: nobody('消息里有微信不让发的词', '消息留在小程序里；请看看是哪件事，把用词改平常些。'),
  47003: bug('消息里有一项不合模板的规定'),
  // §6 content checks
  [-1008]: operator('微信没能下载要检查的照片', '请查对外的网址（SANDAN_ORIGIN）从外网能不能打开。'),
  40004: bug('要检查的文件种类不对'),
  40129: bug('场景值不对'),
  43104: nobody('这个人不是本小程序的用户', '转人工看。'),
  61010: nobody('本人两小时内没有用过小程序，微信不检查', '转人工看。'),
  87014: nobody('内容有风险', '已经拦下，转人工看。'),
  87020: wait('同一个文件查得太多'),
  // §7 codes and links
  40159: bug('小程序码的页面路径不对'),
  40165: bug('链接的页面路径不对'),
  40169: bug('小程序码的场景值不对'),
  40212: bug('链接的参数不对'),
  45029: operator('小程序码的总数用完了', '请报给开发方换成不限数量的小程序码。'),
  85079: operator('小程序还没有发布', '先在微信公众平台提交审核、发布。'),
  85096: bug('场景值里用了微信保留的字'),
  85401: bug('链接的有效期不对'),
  85402: bug('要打开的版本不对'),
  85406: operator('链接今天打开的次数用完了', '明天自动恢复；请改用小程序码。'),
  85407: operator('没有生成链接的权限', account),
  85408: operator('生成链接的权限被限制', account),
};

export const unknownErrcode: ErrcodeWords = operator(
  '文档里没有的回答',
  '到微信公众平台的文档里查这个编号，或把编号（rid）发给开发方。',
);
/** No answer that can be read. */
export const noAnswer: ErrcodeWords = wait(
  '微信没有回应，或中途断了',
  '系统会自己再试；一直这样，请查服务器能不能上外网。',
);
export const notAsked: ErrcodeWords = wait('微信连续没有回应，先停半分钟不问', '系统会自己再试。');

/** Where a number says something else of one call than of all others. */
const ofCall: Readonly<Record<string, Readonly<Record<number, ErrcodeWords>>>> = {
  getPhoneNumber: {
    40013: nobody('手机号的凭证是别的小程序的', '本人再点一次就好；突然很多，可能有人在试。'),
  },
};

export const errcodeWords = (errcode: number, call = ''): ErrcodeWords =>
  ofCall[call]?.[errcode] ?? errcodes[errcode] ?? unknownErrcode;

/** What each call is for, by the name the client gives it. */
export const wechatCalls: Readonly<Record<string, string>> = {
  code2Session: '登录',
  getStableAccessToken: '取访问凭证',
  getPhoneNumber: '取手机号',
  sendSubscribeMessage: '发订阅消息',
  msgSecCheck: '检查文字',
  mediaCheckAsync: '检查照片和录音',
  getUnlimitedQRCode: '生成小程序码',
  getTemplates: '查微信模板',
  generateUrlLink: '生成打开小程序的链接',
};

/** Why a push was not believed (push-cipher.ts). */
export const pushFaultWords = {
  signature: '签名不对：多半不是微信发的；全都这样，就是令牌（Token）两边填得不一样',
  stale: '时间差得太多：可能有人重放；全都这样，请校准服务器的时钟',
  open: '没有加密：请在微信公众平台把消息加解密方式改为“安全模式”',
  cipher: '解不开：消息加解密密钥（EncodingAESKey）两边填得不一样',
  padding: '解不开：消息加解密密钥（EncodingAESKey）两边填得不一样',
  length: '解不开：消息加解密密钥（EncodingAESKey）两边填得不一样',
  appid: '是发给别的小程序的',
  form: '内容读不懂',
  size: '太大，或没有传完',
} as const;
export type PushFaultName = keyof typeof pushFaultWords;
