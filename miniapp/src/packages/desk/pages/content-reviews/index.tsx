import { hideReasons, type HideReason } from '@sandan/shared/reviews/review.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActSheet } from '../../../../features/orders/act-sheet';
import { VoicePlayer } from '../../../../features/orders/voice-player';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { PhotoRow } from '../../../../ui/photos';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import './index.scss';

type Review = ReplyFrom<'reviews.list'>['items'][number];
type Asked = { review: Review; decision: 'show' | 'hide' };

/** 内容审核: what WeChat doubted, could not judge or was sure about, what people complained of, and a sample of what passed. */
export default function ContentReviewsPage() {
  const list = useList('reviews.list', {});
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Page title="内容审核" wide>
      <ListView
        list={list}
        label="内容审核"
        keyOf={(review) => review.id}
        row={(review) => <ReviewCard review={review} onDecide={(decision) => setAsked({ review, decision })} />}
        empty={{ icon: 'shield-check', title: '没有要看的内容', words: '拿不准的、被投诉的内容会在这里出现。' }}
        tiles
      />
      {asked && <DecideSheet asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function ReviewCard({ review, onDecide }: { review: Review; onDecide: (decision: Asked['decision']) => void }) {
  const now = useNow();
  const { name, place, at, words, photo, voice, complaints, seenBy, held, stands } = review;
  return (
    <Card>
      <View className="review__head">
        <View className="review__title">{name}</View>
        <Tag colour={held ? 'overdue' : 'open'} words={held ? '别人看不到' : '别人看得到'} />
      </View>
      <View className="review__where">{`${place}，${agoWords(at, now)}。给${seenBy}看。`}</View>
      <View className="review__why">{whyWords(review)}</View>
      {words !== null && <View className="review__words">{words}</View>}
      {photo && <PhotoRow photos={[photo]} />}
      {voice && <VoicePlayer voice={voice} />}
      {stands && (
        <Button look="text" onPress={() => void openings[stands.thing](stands.id)}>
          打开看全部
        </Button>
      )}
      {complaints.map((complaint, index) => (
        <View key={index} className="review__complaint">
          {`有人投诉：${complaint.reasonName}${complaint.words === null ? '' : `。${complaint.words}`}`}
        </View>
      ))}
      <View className="review__answers">
        <Button look="main" onPress={() => onDecide('show')}>
          可以显示
        </Button>
        <Button look="plain" onPress={() => onDecide('hide')}>
          屏蔽
        </Button>
      </View>
    </Card>
  );
}

const openings: Readonly<Record<NonNullable<Review['stands']>['thing'], (id: string) => Promise<void>>> = {
  order: (orderId) => go('order', { orderId }),
  commitment: (commitmentId) => go('commitment', { commitmentId }),
  activity: (activityId) => go('activity', { activityId }),
  showcase: (showcaseId) => go('showcase', { showcaseId }),
  sweep: (sweepId) => go('sweep', { sweepId }),
  person: (personId) => go('memberCard', { personId }),
};

function whyWords({ state, stateName, found, sampled, complaints }: Review): string {
  if (sampled) return '抽查：微信说没问题，请再看一眼。';
  if (state === 'unjudged') return '微信没有检查到，请您看一看。';
  if (state === 'doubtful' || state === 'risky') return `微信检查：${stateName}${found ? `（${found}）` : ''}。`;
  return complaints.length > 0 ? '有人投诉，请看一看。' : stateName;
}

function DecideSheet({ asked: { review, decision }, onClose }: { asked: Asked; onClose: () => void }) {
  const [reason, setReason] = useState<HideReason | null>(null);
  const act = useAct('reviews.decide', { checkId: review.id });
  const hides = decision === 'hide';
  const send = () => {
    const onSuccess = () => {
      toast(hides ? '屏蔽了' : '显示了');
      onClose();
    };
    act.mutate({ decision, version: review.version, ...(reason === null ? {} : { reason }) }, { onSuccess });
  };
  return (
    <ActSheet
      title={hides ? '屏蔽，别人看不到' : '可以显示'}
      yes={hides ? '屏蔽' : '显示'}
      onYes={send}
      onClose={onClose}
      doing={act}
      unready={hides && reason === null}
    >
      {review.words !== null && <View className="review__words">{review.words}</View>}
      {hides && (
        <Labelled label="为什么？写的人会看到。">
          <Choice label="为什么" options={optionsOf(hideReasons)} value={reason} onChange={setReason} />
        </Labelled>
      )}
    </ActSheet>
  );
}
