/**
 * The catalogue of everything that can go wrong: code → HTTP status and the Chinese title a person reads.
 * `throw new Problem('task.already-claimed')`; one middleware turns it into `application/problem+json` (RFC 9457).
 */
export const problems = {
  'request.bad-input': [400, '填写的内容有误，请按提示修改'],
  'request.bad-json': [400, '请求内容无法识别'],
  'request.bad-cursor': [400, '列表已变化，请下拉刷新'],
  'request.too-large': [413, '内容太大了'],
  'request.unsupported-type': [415, '不支持这种内容格式'],
  'request.method-not-allowed': [405, '不支持这种操作方式'],
  'request.not-found': [404, '没有找到'],
  'request.malformed': [400, '请求格式不对'],
  'request.too-slow': [408, '网络太慢，请再试一次'],
  'request.bad-range': [416, '没有这一段内容'],
  'request.headers-too-large': [431, '请求头太大了'],
  'request.too-many': [429, '操作太频繁，请稍等一会儿再试'],
  'server.busy': [503, '系统正忙，请稍后再试'],
  'server.not-ready': [503, '系统正在启动，请稍候'],
  'server.internal': [500, '系统出错了，我们已记录，请稍后再试'],
  'app.too-old': [426, '版本太旧，请关闭小程序重新打开'],

  'session.missing': [401, '请先登录'],
  'session.expired': [401, '登录已过期，请重新登录'],
  'session.disabled': [401, '账号已停用，请联系村里'],
  'sign-in.bad-code': [400, '登录没有成功，请再试一次'],
  'sign-in.refused': [403, '暂时不能登录，请稍后再试'],
  'sign-in.too-many': [429, '登录次数太多，请过几分钟再试'],
  'sign-in.wechat-busy': [503, '微信暂时没有回应，请稍后再试'],
  'sign-in.unknown-person': [404, '没有这个演示人员'],
  'access.forbidden': [403, '您没有这项权限'],

  'action.repeated-differently': [409, '这个操作编号已经用过'],
  'version.changed': [409, '别人刚刚改动过，请刷新后再试'],

  'grid.not-found': [404, '没有找到这个网格'],
  'grid.out-of-area': [404, '这里不在服务范围内，请手动选择所在的村组'],
  'category.not-found': [404, '没有这个类别'],
  'category.closed': [409, '这个类别暂时不受理'],

  'order.not-found': [404, '没有找到这个单子'],
  'order.id-taken': [409, '这个编号已被使用'],
  'order.sent-differently': [409, '这个单子之前已经发出，内容和这次不一样'],
  'order.wrong-state': [409, '单子的状态已经变了，请刷新看看'],
  'order.nothing-said': [422, '请说说要帮什么忙，或录一段话、拍张照片'],
  'order.phone-needed': [422, '请留一个能联系上的电话'],
  'order.consent-needed': [422, '替别人点单，请先征得本人同意并记录'],
  'order.not-family': [422, '只能替同住一户的家人点单；别家的人请只填称呼和电话'],
  'order.notice-unread': [422, '请先看完这类事情的提示'],
  'order.too-many-open': [409, '您还有 5 件事没办完，先看看它们的进展'],
  'order.no-linked-member': [409, '您家还没有联系党员，可以直接点单'],
  'order.not-direct': [409, '这类事情请走普通点单'],
  'order.not-settleable': [409, '这类事情不能当场办结，请受理后派单'],
  'order.own-household': [403, '这是您自己家的事，请交给别人办'],
  'order.subject': [403, '单子涉及您本人，请由他人办理'],
  'order.asked-twice': [409, '已经问过两次了，请先受理或打电话'],
  'order.emergency-no-ask': [409, '紧急的事不能退问，请直接处理'],
  'order.no-decline': [409, '紧急和隐患类的事不能不受理'],
  'order.claimed-already': [409, '已经有人接单，不能这样处理'],
  'order.lower-confidential': [409, '公开保密的事要先得到本人同意'],
  'order.objected-already': [409, '已经提过一次了，上级的答复是最后答复'],
  'order.objection-over': [409, '提出的时间已经过了'],
  'order.merge-target': [409, '不能并到这个单子'],
  'order.no-parent': [409, '已经是最上一级'],
  'order.no-child': [409, '请选一个包含这个地点的下级网格'],
  'order.moved-enough': [409, '已经转过 3 次，请在本级解决'],
  'order.same-place': [409, '已经在这个网格了，请选事情真正发生的地方'],
  'order.redirected-once': [409, '已经改派过一次，只能交给共同的上级'],
  'order.scope-outside': [409, '派单范围超出了本级'],
  'order.confidential-assigned': [409, '保密的事只能指定到人'],
  'order.resume-too-late': [409, '挂起时间太长，30 天以上要上级同意'],
  'order.suspended-twice': [409, '已经挂起过两次了'],
  'order.emergency-no-suspend': [409, '紧急的事不能挂起'],
  'order.suspended': [409, '单子正在挂起，恢复以后再报办结'],
  'order.verifier-handled': [403, '自己办的事不能自己核实、回访或督查'],
  'order.answered-already': [409, '群众已经答复了'],
  'order.say-reopen': [422, '还没办好的话，请点“没办好”，我们接着办'],
  'order.withdraw-ask-desk': [409, '已经有人在办，请打电话给村里撤单'],
  'order.reopened-twice': [409, '已经重办过两次，可以请上级核查'],
  'order.reopen-over': [409, '已经过了 15 天，请重新点单'],
  'order.ruled': [409, '上级已经核查过，这是最后的处理'],
  'order.reminded-today': [409, '今天已经催过了'],
  'order.extended-enough': [409, '已经延期过，再延要上级同意'],
  'order.past-due': [409, '已经超时，不能再申请延期'],
  'order.own-me-too': [403, '这是您自己的单子，不用附和，着急可以催办'],
  'order.joined-already': [409, '您已经说过“我也是”了'],
  'order.not-open-to-all': [409, '这件事不公开，不能附和'],
  'order.not-sampled': [409, '这件事不在抽查名单里'],
  'order.inspected-already': [409, '这件事已经查过了'],
  'order.appeal-over': [409, '申诉时间已过'],
  'order.no-child-withdraw': [409, '涉及未成年人或人身安全，不能由他人撤回'],

  'task.not-found': [404, '没有找到这个任务'],
  'task.id-taken': [409, '任务编号已被使用'],
  'task.wrong-state': [409, '任务的状态已经变了，请刷新看看'],
  'task.already-claimed': [409, '已被别人接走了'],
  'task.full': [409, '人已经够了'],
  'task.too-many-claimed': [409, '您手上已有 5 件，先办完几件再接'],
  'task.skill-needed': [409, '这个任务需要相应的技能'],
  'task.away': [409, '您现在是外出状态，回来再接'],
  'task.gave-back': [409, '这个任务您退过，让别人来吧'],
  'task.promise-past': [422, '约定的时间要在现在以后'],
  'task.promise-too-far': [422, '约定的时间太远，请约在 180 天以内'],
  'task.too-few': [409, '人还不够，再等等或改派'],
  'task.receiver-outside': [409, '接手的人不在范围内'],
  'task.photos-needed': [422, '请拍一张办完的照片，或选一个不拍的原因'],
  'task.answer-needed': [422, '请填写外单位的答复'],
  'task.presence-needed': [422, '请逐个填写参加人员到没到'],
  'task.three-tries': [422, '要在两天里联系过 3 次，才能以“联系不上”退单'],
  'task.not-assignable': [409, '这个人不能接这个任务，请换一位'],
  'task.link-needed': [422, '请填写列入的计划或转报的单位和编号'],

  'opinion.not-found': [404, '没有找到这条意见'],
  'opinion.id-taken': [409, '这个编号已被使用'],
  'opinion.answered-already': [409, '已经有人答复了'],

  'round.not-found': [404, '没有找到这个承诺年度'],
  'round.id-taken': [409, '这个编号已被使用'],
  'round.year-taken': [409, '这个年度已经设立了'],
  'round.not-a-committee': [409, '承诺年度由镇党委设立'],
  'round.wrong-state': [409, '年度的阶段已经变了，请刷新看看'],
  'round.undecided': [409, '还有待验收或有异议的承诺，先定下来再结束'],
  'round.no-such-debtor': [404, '名单里没有这个人或党组织'],
  'round.no-such-organization': [404, '这个党组织不在这个镇里'],
  'round.exempt-words': [422, '请写明免诺的原因'],
  'round.not-a-member': [409, '这个人的组织关系不在本镇'],

  'commitment.not-found': [404, '没有找到这件承诺'],
  'commitment.id-taken': [409, '这个编号已被使用'],
  'commitment.sent-differently': [409, '这件承诺之前已经提交，内容和这次不一样'],
  'commitment.wrong-state': [409, '承诺的状态已经变了，请刷新看看'],
  'commitment.round-not-open': [409, '现在不是拟诺的时候，请写明补报的原因'],
  'commitment.round-over': [409, '这个年度已经结束'],
  'commitment.not-a-member': [409, '您的党员组织关系还没登记，请联系支部'],
  'commitment.not-yours': [403, '只能为自己或自己的党组织拟诺'],
  'commitment.deadline-outside': [422, '完成时间要在承诺年度以内'],
  'commitment.personal-data': [422, '公开的文字里不要写电话号码和身份证号'],
  'commitment.for-outside': [409, '服务对象要在本镇范围内'],
  'commitment.responsible-outside': [409, '责任人要是本党组织的人'],
  'commitment.rewritten': [409, '内容刚刚改过，请看过新的再审'],
  'commitment.opinions-over': [409, '公示期已过，有问题请在兑现后提异议'],
  'commitment.opinion-given': [409, '您已经提过意见了'],
  'commitment.opinion-answered': [409, '这条意见已经答复了'],
  'commitment.opinion-not-found': [404, '没有找到这条意见'],
  'commitment.change-open': [409, '已经有一个变更申请在等审'],
  'commitment.change-not-found': [404, '没有找到这个变更申请'],
  'commitment.change-content': [422, '请填写变更后的内容'],
  'commitment.photos-needed': [422, '请拍一张兑现后的照片，或选一个不拍的原因'],
  'commitment.on-site': [422, '班子承诺要到现场验收'],
  'commitment.mend-by-past': [422, '整改的时间要在今天以后、年度以内'],
  'commitment.dispute-over': [409, '提异议的时间已过（验收后 15 天内）'],
  'commitment.disputed-already': [409, '您的异议正在处理'],
  'commitment.no-correction': [409, '没有等待确认的更正'],
  'commitment.order-linked': [409, '这个单子已经关联过了'],
  'showcase.not-found': [404, '没有找到这个擂台'],
  'showcase.id-taken': [409, '这个编号已被使用'],
  'showcase.sent-differently': [409, '这个擂台之前已经设立，内容和这次不一样'],
  'showcase.wrong-state': [409, '擂台的阶段已经变了，请刷新看看'],
  'showcase.contestant-outside': [409, '参赛的要是本镇的党组织'],
  'showcase.judge-unknown': [409, '有评委不在名册里'],
  'showcase.own-village': [403, '自己的村、驻点的村不打分'],
  'showcase.scored-already': [409, '您已经打过分了'],
  'showcase.nothing-scored': [409, '还没有人打分'],
  'commitment.order-not-found': [404, '没有找到这个单子'],

  'member.not-found': [404, '没有找到这位党员'],
  'organization.not-found': [404, '没有找到这个党组织'],

  'text.refused': [422, '这段话没有通过微信的内容检查，请换个说法'],
  'text.check-away': [503, '微信的内容检查暂时连不上，稍后再点一次'],
  'link.not-found': [404, '这个码或链接打不开，可能抄错了，或者已经不用了'],
  'link.code-away': [503, '微信暂时给不了二维码，请稍后再试；也可以先转发'],
  'import.not-found': [404, '没有找到这次导入'],
  'import.id-taken': [409, '这个编号已被使用'],
  'import.faulty': [409, '还有填错的行，请在表格里改好后重新上传'],
  'import.nothing-new': [409, '表里的承诺都已经有了，不用再导入'],
  'import.under-way': [409, '正在导入，请稍等'],

  'setting.period-id-taken': [409, '这个编号已被使用'],

  'inspection.drawn-already': [409, '这个月已经抽过了，不能重抽'],
  'inspection.not-found': [404, '没有找到这次抽查'],
  'inspection.nothing-to-draw': [409, '这个月没有可抽查的单子'],

  'photo.not-found': [404, '照片不存在'],
  'photo.link-expired': [403, '照片链接已过期，请刷新页面'],
  'photo.id-taken': [409, '照片编号已被使用'],
  'photo.not-yours': [409, '照片没有传好，请重新添加'],
  'photo.too-large': [413, '照片太大，请选 10 MB 以内的'],
  'photo.too-many-pixels': [413, '照片的尺寸太大，请截屏或缩小以后再传'],
  'photo.not-a-photo': [415, '这不是照片，请选 JPG 或 PNG 图片'],
  'photo.heic': [415, '请把照片转成 JPG 再传'],
  'photo.broken': [422, '照片打不开，请换一张'],
  'photo.busy': [503, '传文件的人太多，请稍后再试'],
  'voice.not-found': [404, '录音不存在'],
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
