import { activityProblems } from './activities/activities.problems';
import { commitmentProblems } from './commitments/commitments.problems';
import { householdProblems } from './households/households.problems';
import { orderProblems } from './orders/orders.problems';
import { officeProblems } from './posts/posts.problems';
import { reviewProblems } from './reviews/reviews.problems';
import { sweepProblems } from './sweeps/sweeps.problems';

/**
 * The catalogue of everything that can go wrong: code → HTTP status and the Chinese title a person reads.
 * `throw new Problem('task.already-claimed')`; one middleware turns it into `application/problem+json` (RFC 9457).
 */
export const problems = {
  ...activityProblems,
  ...commitmentProblems,
  ...householdProblems,
  ...orderProblems,
  ...officeProblems,
  ...reviewProblems,
  ...sweepProblems,

  'request.bad-input': [400, '填写的内容有误，请按提示修改'],
  'request.bad-json': [400, '没有传成功，请返回重新打开，再试一次'],
  'request.bad-cursor': [400, '列表已变化，请下拉刷新'],
  'request.too-large': [413, '内容太多了，请少填一些或分几次传'],
  'request.unsupported-type': [415, '这种文件用不了，请换一种格式再传'],
  'request.method-not-allowed': [405, '这一步办不了，请更新小程序后再试'],
  'request.not-found': [404, '没有找到，可能已经删除或办完了，请返回看看列表'],
  'request.malformed': [400, '没有传成功，请返回重新打开，再试一次'],
  'request.too-slow': [408, '网络太慢，请再试一次'],
  'request.bad-range': [416, '这一段打不开，请返回重新打开'],
  'request.headers-too-large': [431, '没有传成功，请退出登录后重新进来再试'],
  'request.too-many': [429, '操作太频繁，请稍等一会儿再试'],

  'server.busy': [503, '系统正忙，请稍后再试'],
  'server.held': [503, '这些内容正在成批导入，或别人正在改，请过半分钟再点一次，您填的还在'],
  'server.not-ready': [503, '系统正在启动，请稍候'],
  'server.internal': [500, '系统出错了，我们已记录，请稍后再试'],

  'app.too-old': [426, '版本太旧，请关闭小程序重新打开'],

  'session.missing': [401, '请先登录'],
  'session.expired': [401, '登录已过期，请重新登录'],
  'session.disabled': [401, '这个账号停用了。如果您就是本人、登记错了，请找村委会或网格员更正'],

  'wechat.not-believed': [403, '这里只接收微信服务器发来的消息'],

  'sign-in.bad-code': [400, '登录没有成功，请再试一次'],
  'sign-in.blocked': [403, '这个微信号现在不能登录这里。要办事，请找网格员帮忙'],
  'sign-in.refused': [403, '暂时不能登录，请稍后再试'],
  'sign-in.too-many': [429, '登录次数太多，请过几分钟再试'],
  'sign-in.wechat-busy': [503, '微信暂时没有回应，请稍后再试'],
  'sign-in.unknown-person': [404, '没有这个演示人员'],
  'sign-in.code-unknown': [404, '这个二维码不对，或者已经过期，请在电脑上换一个新的'],
  'sign-in.code-expired': [409, '二维码过期了，请在电脑上换一个新的再扫'],
  'sign-in.code-used': [409, '这个二维码已经用过，请在电脑上换一个新的'],
  'sign-in.code-refused': [409, '这次登录已经被拒绝'],
  'sign-in.posts-only': [403, '电脑登录只给有岗位的人用，您的事在手机上就能办'],
  'sign-in.by-phone-only': [403, '请用手机扫码确认，不能在电脑上确认另一台电脑'],
  'sign-in.link-unknown': [404, '这个登录链接不对、用过了或者过期了，请在服务器上重新生成'],

  'access.forbidden': [403, '您没有这项权限'],
  'access.second-factor-needed': [403, '这一步要先输入验证码'],
  'access.second-factor-missing': [403, '这一步要先设置二次验证'],
  'access.wrong-code': [422, '验证码不对，请看看现在显示的是几'],
  'access.code-used': [409, '这个验证码已经用过，请等下一个'],
  'access.locked': [429, '验证码错得太多，请稍等再试'],
  'access.not-enrolling': [409, '这次设置已经过时了，请返回重新点“设置二次验证”，再扫新的二维码'],
  'access.own-reset': [403, '不能清除自己的二次验证，请用恢复码，或请上一级管理员'],

  'privacy.consent-needed': [403, '请先看一看“您的信息怎么用”并同意，再来办这件事；紧急的事不用等，可以直接报'],
  'privacy.notice-changed': [409, '告知内容刚刚更新了，请看过新的再选'],
  'privacy.notice-id-taken': [409, '请返回重新打开，再填一次'],
  'privacy.guardian-needed': [403, '未满 14 岁，要由监护人来同意'],
  'privacy.not-guardian': [404, '没有找到由您监护的这个人'],
  'privacy.exported-often': [429, '今天导出的次数用完了，请明天再来'],

  'export.too-often': [429, '今天导出的次数太多，请明天再来'],
  'export.too-long': [422, '一次导出的人太多，请缩小范围再导出'],

  'closing.blocked': [409, '还有事没了结，先处理完才能注销'],
  'closing.not-asked': [409, '没有在办的注销申请，或者已经开始注销'],

  'person.not-found': [404, '没有找到这个人'],

  'correction.not-found': [404, '没有找到这个更正申请'],
  'correction.id-taken': [409, '请返回重新打开，再填一次'],
  'correction.decided': [409, '这个申请已经有人答复过了'],
  'correction.waiting': [409, '这一项已经申请过，等村里核对'],
  'correction.own': [403, '不能核对自己的申请，请别人来办'],

  'action.repeated-differently': [409, '请返回重新打开，再填一次'],

  'version.changed': [409, '别人刚刚改动过，请刷新后再试'],

  'grid.not-found': [404, '没有找到这个网格'],
  'grid.out-of-area': [404, '这里不在服务范围内，请手动选择所在的村组'],

  'category.not-found': [404, '没有这个类别'],
  'category.closed': [409, '这个类别暂时不受理'],

  'opinion.not-found': [404, '没有找到这条意见'],
  'opinion.id-taken': [409, '请返回重新打开，再填一次'],
  'opinion.answered-already': [409, '已经有人答复了'],

  'organization.not-found': [404, '没有找到这个党组织'],

  'text.refused': [422, '这段话没有通过微信的内容检查，请换个说法'],
  'text.check-away': [503, '微信的内容检查暂时连不上，稍后再点一次'],

  'link.not-found': [404, '这个码或链接打不开，可能抄错了，或者已经不用了'],
  'link.replaced': [410, '这张码已经换成新的了，请扫新贴的那张；没有新的，请找网格员'],
  'link.place-gone': [410, '这张码上的地方已经撤销了'],
  'link.code-away': [503, '微信暂时给不了二维码，请稍后再试；也可以先转发'],
  'link.app-away': [503, '现在不能直接打开小程序，请在微信里搜索“三单”，或用微信扫那张码'],
  'link.code-not-set-up': [503, '微信不给二维码：小程序还没有发布，或者设置不对。请管理员看“工作台 - 微信接入”'],

  'poster.no-households': [409, '这个组还没有登记住户，先在“村民家庭”里登记'],
  'poster.no-such-part': [404, '没有这一份'],
  'poster.not-here': [409, '这里没有这样的海报'],

  'phone.none': [409, '还没有登记您的手机号，请联系支部'],
  'phone.duty': [409, '这是岗位的值班电话，要改请联系管理员'],

  'connection.at-computer': [403, '请在电脑上点“连接我的手机”'],
  'connection.by-phone-only': [403, '请用手机扫这个二维码'],
  'connection.somebody-already': [
    409,
    '这个微信已经绑定了花名册上的一个人。请换一个没有绑定过的微信来扫；如果那就是您本人，请另一位管理员直接给您任命，不用再连接',
  ],
  'connection.phone-first': [409, '请先在手机上点“是我”'],
  'connection.wrong-check': [403, '数字不对，请看手机上显示的四位数字'],
  'connection.spent': [409, '这个二维码不能再用了，请换一个新的'],
  'connection.too-many': [429, '换二维码的次数太多，请过一小时再试'],
  'setting.changed-meanwhile': [409, '别人刚改过，没有保存。下面是最新的，请看了再改'],
  'template.not-in-use': [409, '这个通知还没有填模板编号，请先填好保存'],
  'setting.period-id-taken': [409, '请返回重新打开，再填一次'],

  'person.self': [403, '不能停用或恢复自己的账号'],

  'photo.not-found': [404, '照片不存在'],
  'photo.held': [410, '这张照片现在不显示了'],
  'photo.link-expired': [403, '照片链接已过期，请刷新页面'],
  'photo.id-taken': [409, '这张照片没有传好，请删掉再选一次'],
  'photo.not-yours': [409, '照片没有传好，请重新添加'],
  'photo.too-large': [413, '照片太大，请选 10 MB 以内的'],
  'photo.too-many-pixels': [413, '照片的尺寸太大，请截屏或缩小以后再传'],
  'photo.not-a-photo': [415, '这不是照片，请选 JPG 或 PNG 图片'],
  'photo.heic': [415, '请把照片转成 JPG 再传'],
  'photo.broken': [422, '照片打不开，请换一张'],
  'photo.busy': [503, '传文件的人太多，请稍后再试'],

  'voice.not-found': [404, '录音不存在'],
  'voice.held': [410, '这段录音现在不播放了'],
  'voice.too-large': [413, '录音太大，请控制在 60 秒以内'],
  'voice.not-voice': [415, '这不是录音，请重新录一段'],
  'voice.too-long': [422, '录音请控制在 60 秒以内'],
  'voice.broken': [422, '录音打不开，请重新录一段'],

  'paper.link-expired': [403, '链接已过期，请回到小程序里重新打开'],
  'paper.no-such-organization': [404, '没有找到这个党组织'],
  'paper.nothing-public': [409, '还没有公示的承诺，公示以后再打印'],
  'paper.not-signed': [409, '签字定榜以后才有成绩单'],
  'paper.too-long': [422, '内容太多了，请加上筛选条件再导出'],
  'paper.busy': [503, '做表的人太多，请稍后再试'],
  'paper.failed': [503, '这张表没有做成，请稍后再试'],

  'sheet.too-large': [413, '文件太大：请选 5 MB 以内的表格，删掉图片和下面的空行'],
  'sheet.old-format': [415, '这是旧格式或加了密码的表格，请另存为 .xlsx 再传'],
  'sheet.macros': [415, '表格里带有宏，请另存为不带宏的 .xlsx 再传'],
  'sheet.not-a-sheet': [415, '这不是 Excel 表格，请选 .xlsx 文件'],
  'sheet.too-many-rows': [422, '行数太多了，请分成几个文件，每个 5000 行以内'],
  'sheet.broken': [422, '表格打不开，请用 Excel 或 WPS 打开后另存为 .xlsx 再传'],
  'sheet.wrong-template': [422, '表头和模板不一样，请下载模板，把内容粘贴进去再传'],
  'sheet.empty': [422, '表格里还没有要导入的内容'],

  'roster.not-found': [404, '没有找到这次导入'],
  'roster.id-taken': [409, '请返回重新打开，再填一次'],
  'roster.too-large': [413, '文件太大：请选 64 MB 以内的表格，删掉图片和下面的空行'],
  'roster.too-many-rows': [422, '行数太多了，请分成几个文件，每个 60 万行以内'],
  'roster.too-many-corners': [422, '边界上的点太多了，一个文件 100 万个以内，请在制图软件里简化以后再传'],
  'roster.encoding': [422, '看不懂这个文件里的文字，请用 Excel 或 WPS 另存为 .xlsx 再传'],
  'roster.wrong-template': [422, '表头和模板不一样，请下载模板，把内容粘贴进去再传'],
  'roster.empty': [422, '表格里还没有要导入的内容'],
  'roster.merged': [422, '表格里有合并的单元格，请取消合并、每行都填上再传'],
  'roster.unseen': [422, '表格里有看不见的内容，请先整理好再传'],
  'roster.interrupted': [422, '检查中断了，请重新上传'],
  'roster.not-geojson': [422, '这不是 GeoJSON 边界文件。请在制图软件里另存为 GeoJSON（.geojson 或 .json）再传'],
  'roster.datum-needed': [422, '请先选边界的坐标系；不知道的，请问测绘的人，不要猜'],
  'roster.wrong-state': [409, '这次导入的状态已经变了，请刷新看看'],
  'roster.faulty': [409, '还有填错的行，请下载错误表，改好后重新上传'],
  'roster.nothing-new': [409, '表里的内容系统里都已经有了，不用再导入'],
  'roster.under-way': [409, '正在导入另一份名册，或者正在更换密钥，请过一会儿再试'],
  'roster.changed-since': [409, '检查以后系统里的内容有了变动，请重新检查一遍再导入'],

  'upload.wrong-form': [400, '上传的内容不对，请重新选择'],
  'upload.interrupted': [400, '上传中断了，请再试一次'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

/** Field name (dotted path) → what is wrong with it, in Chinese. */
export type ProblemFields = Readonly<Record<string, string>>;

export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly fields: ProblemFields | undefined;
  /** Further plain facts for the client, e.g. the state a thing is in now and who put it there. */
  readonly facts: Readonly<Record<string, unknown>> | undefined;
  /** Seconds after which a repeat makes sense (503, 429). */
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ProblemCode,
    options: { fields?: ProblemFields; facts?: Record<string, unknown>; retryAfter?: number; cause?: unknown } = {},
  ) {
    const [status, title] = problems[code];
    super(`${code}: ${title}`);
    this.name = 'Problem';
    this.cause = options.cause;
    this.status = status;
    this.title = title;
    this.fields = options.fields;
    this.facts = options.facts;
    this.retryAfter = options.retryAfter;
  }

  declare cause: unknown;
}
