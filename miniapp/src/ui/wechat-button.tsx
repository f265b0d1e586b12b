import { Button as Native, Text, type ButtonProps } from '@tarojs/components';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';

interface WechatButtonProps extends Pick<
  ButtonProps,
  'id' | 'onGetPhoneNumber' | 'onChooseAvatar' | 'onAgreePrivacyAuthorization'
> {
  /** What WeChat does when it is touched. */
  readonly opens: 'share' | 'chooseAvatar' | 'agreePrivacyAuthorization' | 'getPhoneNumber';
  readonly children: string;
  readonly look?: 'main' | 'plain';
  readonly icon?: IconName;
  readonly short?: boolean;
  readonly busy?: boolean;
}

/** WeChat's own button, dressed as ours: some things it does for nobody else's. Not for a browser. */
export const WechatButton = ({ opens, children, look = 'plain', icon, short, busy, ...rest }: WechatButtonProps) => (
  <Native
    {...rest}
    className={classNames(
      ...['pressable button wechat-button', `button--${look}`],
      ...[short && 'button--short', busy && 'button--off'],
    )}
    openType={opens as ButtonProps['openType']}
    disabled={busy ?? false}
  >
    {content(children, busy, icon)}
  </Native>
);

const content = (words: string, busy?: boolean, icon?: IconName): ReactNode => (
  <>
    {busy && <Icon name="loader-circle" className="button__busy" />}
    {icon && !busy && <Icon name={icon} />}
    <Text className="button__words">{words}</Text>
  </>
);
