import { View } from '@tarojs/components';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import './index.scss';

const answers = [
  ['您的姓名和电话', '只有正在办您这件事的人能看到全的，每次看电话都有记录；其他人看到的是打了星号的。'],
  [
    '您说的话和照片',
    '用来办您的单子。照片里的拍摄地点等信息，上传时就去掉了。别人家的单子，您看不到；您家的，别人也看不到。',
  ],
  ['您的位置', '只在您自己点“选地方”的时候取一次，用来标出要办事的地点。我们不跟踪任何人的行踪。'],
  ['保密的事', '点单时可以选保密，只有指定的人能打开，谁打开过都有记录。'],
  ['您可以做什么', '随时退出登录；随时撤回还没办完的单子；觉得哪里不妥，到“我的 - 投诉建议”告诉我们。'],
] as const;

export default function PrivacyPage() {
  return (
    <Page title="您的信息怎么用" open>
      <Card>
        {answers.map(([title, words]) => (
          <View key={title} className="privacy__item">
            <View className="privacy__title">{title}</View>
            <View className="privacy__words">{words}</View>
          </View>
        ))}
      </Card>
    </Page>
  );
}
