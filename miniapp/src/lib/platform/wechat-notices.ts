import Taro from '@tarojs/taro';
import { NotAllowed, type Choice, type Notices } from './device';
import { noticeRefusal } from './notice-refusals';
import type { Failure } from './refusal-reason';
import { openSettings } from './wechat-refusal';

const choices: Readonly<Record<string, Choice>> = {
  ...{ accept: 'accept', reject: 'reject', ban: 'ban', filter: 'filter' },
  ...{ acceptWithAlert: 'accept', acceptWithAudio: 'accept', acceptWithForcePush: 'accept' },
};

const choicesIn = (said: object, templateIds: readonly string[]) =>
  templateIds.flatMap((templateId) => {
    const choice = choices[String((said as Record<string, unknown>)[templateId])];
    return choice ? [{ templateId, choice }] : [];
  });

const most = 3;

async function ask(templateIds: readonly string[]) {
  const asked = templateIds.slice(0, most);
  // Called before anything is awaited: WeChat takes it only while the touch is still under way.
  const asking = Taro.requestSubscribeMessage({ tmplIds: asked } as Taro.requestSubscribeMessage.Option);
  const said = await asking.catch((failure: Failure) => {
    throw new NotAllowed(noticeRefusal(failure.errCode));
  });
  return choicesIn(said, asked);
}

/** What the person has told WeChat to keep: for those it does not ask again. */
async function kept() {
  const { subscriptionsSetting } = await Taro.getSetting({ withSubscriptions: true });
  const { mainSwitch = true, itemSettings = {} } = (subscriptionsSetting ?? {}) as {
    mainSwitch?: boolean;
    itemSettings?: Readonly<Record<string, string>>;
  };
  return { mainSwitch, choices: choicesIn(itemSettings, Object.keys(itemSettings)) };
}

export const notices: Notices = { ask, kept, openSettings };
