import { z } from 'zod';
import { endpoint } from '../endpoint';
import { SignedIn } from '../people/people.contract';
import { ActionId, Instant, Ulid, keys } from '../schemas';
import { accessReasons } from './access.words';

/** What the code on a computer's screen leads to; `in-` tells it from the keys of things at the one door (decisions.md §5.2). */
const SignInCode = z.object({ code: z.string().regex(/^in-[\w-]{22}$/, '二维码不对') });
/** 32 random bytes that only the browser, or only the printed link, knows. */
const Secret = z.string('缺少凭证').regex(/^[\w-]{43}$/, '凭证不对');

/** Six digits of the authenticator, or one of the ten recovery codes (three times four letters and digits). */
const ShownCode = z
  .string('请填写验证码')
  .trim()
  .regex(/^(\d{6}|[2-9a-zA-Z]{4}([- ]?[2-9a-zA-Z]{4}){2})$/, '验证码是 6 位数字，恢复码是 12 位字母和数字');
const SixDigits = z
  .string('请填写验证码')
  .trim()
  .regex(/^\d{6}$/, '验证码是 6 位数字');

const FourDigits = z
  .string('请填写四位数字')
  .trim()
  .regex(/^\d{4}$/, '请填手机上显示的四位数字');

/** Who asks to be let in, for the eyes of the one who confirms. */
export const DesktopSignIn = z
  .object({
    state: z.enum(['waiting', 'confirmed', 'refused', 'used', 'expired']),
    /** 青禾县 */
    place: z.string(),
    /** Chrome（Windows） */
    browser: z.string(),
    /** The network the computer asks from, without its last parts: 192.0.*.* */
    network: z.string(),
    askedAt: Instant,
    expiresAt: Instant,
    /** To be typed at the computer; only for whoever has confirmed. */
    check: z.string().nullable(),
  })
  .meta({ id: 'DesktopSignIn' });

export const SecondFactor = z
  .object({
    enrolled: z.boolean(),
    enrolledAt: Instant.nullable(),
    recoveryCodesLeft: z.int(),
    /** This session has shown it and need not again until then. */
    shownUntil: Instant.nullable(),
  })
  .meta({ id: 'SecondFactor' });

export const MySession = z
  .object({
    sessionId: Ulid,
    channel: z.enum(['wechat', 'demo', 'desktop']),
    channelName: z.string(),
    /** Chrome（Windows）; null where nothing was said. */
    device: z.string().nullable(),
    startedAt: Instant,
    lastSeenAt: Instant,
    /** It asks now. */
    here: z.boolean(),
  })
  .meta({ id: 'MySession' });

/** Ten of them, said once and never again. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
const Ended = z.object({ ended: z.int() });
const OfPerson = z.object({ personId: Ulid });
/** Why somebody else's sign-ins or second factor are taken away; a code, because words have no place in the audit. */
const OnceWithReason = ActionId.extend({ reason: z.enum(keys(accessReasons), '请选一个原因') });

export const accessApi = {
  askCode: endpoint({
    method: 'post',
    path: '/sign-in/desktop',
    permission: 'anyone',
    summary: '电脑登录：要一个两分钟内有效的二维码',
    body: z.object({}),
    reply: z
      .object({
        /** A picture as a `data:` address. */
        image: z.string(),
        /** What the picture says. */
        address: z.string(),
        secret: z.string(),
        expiresAt: Instant,
        /** Nobody is administrator here yet: the first one is made on the server. */
        unattended: z.boolean(),
      })
      .meta({ id: 'DesktopCode' }),
  }),
  exchangeCode: endpoint({
    method: 'post',
    path: '/sign-in/desktop/exchange',
    permission: 'anyone',
    summary: '电脑登录：手机确认了没有；填对手机上的四位数字就换登录凭证（只换一次）',
    body: z.object({ secret: Secret, check: FourDigits.optional() }),
    reply: z
      .object({
        /** `confirmed` without a session: the digits are wanted. Three wrong ones: `refused`. */
        state: z.enum(['waiting', 'confirmed', 'wrongCheck', 'refused', 'expired']),
        signedIn: SignedIn.nullable(),
      })
      .meta({ id: 'DesktopExchange' }),
  }),
  openLink: endpoint({
    method: 'post',
    path: '/sign-in/link',
    permission: 'anyone',
    summary: '用服务器上生成的一次性链接登录',
    body: z.object({ key: Secret }),
    reply: SignedIn,
  }),
  look: endpoint({
    method: 'get',
    path: '/desktop-sign-ins/:code',
    permission: 'signedIn',
    summary: '扫到的二维码：是哪台电脑要登录',
    params: SignInCode,
    reply: DesktopSignIn,
  }),
  confirm: endpoint({
    method: 'post',
    path: '/desktop-sign-ins/:code/confirm',
    permission: 'signedIn',
    summary: '确认让那台电脑以我的身份登录',
    params: SignInCode,
    body: ActionId,
    reply: DesktopSignIn,
  }),
  refuse: endpoint({
    method: 'post',
    path: '/desktop-sign-ins/:code/refuse',
    permission: 'signedIn',
    summary: '不是我，不让登录',
    params: SignInCode,
    body: ActionId,
    reply: DesktopSignIn,
  }),

  secondFactor: endpoint({
    method: 'get',
    path: '/me/second-factor',
    permission: 'signedIn',
    summary: '我的二次验证',
    reply: SecondFactor,
  }),
  enrol: endpoint({
    method: 'post',
    path: '/me/second-factor',
    permission: 'signedIn',
    summary: '设置二次验证：取密钥和二维码（已经设置过的，先验证再换）',
    body: z.object({}),
    reply: z.object({ secret: z.string(), image: z.string() }).meta({ id: 'Enrolment' }),
  }),
  confirmEnrolment: endpoint({
    method: 'post',
    path: '/me/second-factor/confirm',
    permission: 'signedIn',
    summary: '用第一个验证码完成设置，得到十个恢复码',
    body: ActionId.extend({ code: SixDigits }),
    reply: RecoveryCodes,
  }),
  showSecondFactor: endpoint({
    method: 'post',
    path: '/me/second-factor/show',
    permission: 'signedIn',
    summary: '二次验证：验证码或恢复码，12 小时内有效',
    body: z.object({ code: ShownCode }),
    reply: SecondFactor,
  }),
  renewRecoveryCodes: endpoint({
    method: 'post',
    path: '/me/second-factor/recovery-codes',
    permission: 'signedIn',
    summary: '换十个新的恢复码',
    secondFactor: true,
    body: ActionId,
    reply: RecoveryCodes,
  }),
  resetSecondFactor: endpoint({
    method: 'post',
    path: '/people/:personId/second-factor/reset',
    permission: 'person.resetSecondFactor',
    summary: '替丢了手机的人清除二次验证（上一级管理员），手机可能在别人手里的同时解除微信绑定',
    secondFactor: true,
    params: OfPerson,
    body: OnceWithReason,
    reply: z.object({ personId: Ulid, enrolled: z.boolean() }),
  }),

  sessions: endpoint({
    method: 'get',
    path: '/me/sessions',
    permission: 'signedIn',
    summary: '我登录的设备',
    reply: z.object({
      sessions: z.array(MySession),
      /** A computer signs itself out after so long without use, and in any case. */
      desktop: z.object({ idleMinutes: z.int(), hours: z.int() }),
    }),
  }),
  endSession: endpoint({
    method: 'post',
    path: '/me/sessions/:sessionId/end',
    permission: 'signedIn',
    summary: '让一台设备退出登录',
    params: z.object({ sessionId: Ulid }),
    body: ActionId,
    reply: Ended,
  }),
  endOtherSessions: endpoint({
    method: 'post',
    path: '/me/sessions/end-others',
    permission: 'signedIn',
    summary: '让其他设备都退出登录',
    body: ActionId,
    reply: Ended,
  }),
  endSessionsOf: endpoint({
    method: 'post',
    path: '/people/:personId/sessions/end',
    permission: 'person.endSessions',
    summary: '手机丢了：让某人的设备都退出登录，手机可能在别人手里的同时解除微信绑定',
    secondFactor: true,
    params: OfPerson,
    body: OnceWithReason,
    reply: Ended,
  }),
};
