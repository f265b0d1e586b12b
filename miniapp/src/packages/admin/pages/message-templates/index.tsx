import { templates, type TemplateKind } from '@sandan/shared/subscriptions/subscription.words';
import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { queries } from '../../../../lib/query';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Segments } from '../../../../ui/segments';
import { Placard } from '../../../../ui/trouble';
import { TemplateForm } from './template-form';
import './index.scss';

/** 微信模板: which template of the county's own mini-program each of our three messages is, and what stands in its fields. */
export default function MessageTemplatesPage() {
  const places = useCall('settings.places');
  usePullDownRefresh(() => void queries.invalidateQueries().finally(() => Taro.stopPullDownRefresh()));
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Page title="微信模板" wide>
      <Await query={places} rows={1}>
        {({ counties, mayChange }) => {
          const county = counties.find(({ gridId }) => gridId === chosen) ?? counties[0];
          if (!county || !mayChange)
            return <Placard icon="circle-help" title="没有归您管的模板" words="微信模板归县的管理员。" />;
          return (
            <>
              {counties.length > 1 && (
                <View className="templates__places">
                  <Choice
                    label="哪个县"
                    options={counties.map(({ gridId, name }) => ({ value: gridId, words: name }))}
                    value={county.gridId}
                    onChange={setChosen}
                  />
                </View>
              )}
              <OfCounty key={county.gridId} gridId={county.gridId} />
            </>
          );
        }}
      </Await>
    </Page>
  );
}

type Templates = ReplyFrom<'subscriptions.templates'>;

function OfCounty({ gridId }: { gridId: string }) {
  const query = useCall('subscriptions.templates', { params: { gridId } });
  return <Await query={query}>{(page) => <Three gridId={gridId} page={page} />}</Await>;
}

function Three({ gridId, page }: { gridId: string; page: Templates }) {
  const [kind, setKind] = useState<TemplateKind>('progress');
  const template = page.templates.find((each) => each.kind === kind);
  return (
    <>
      <Segments
        label="哪个通知"
        segments={page.templates.map((each) => ({ value: each.kind, words: templates[each.kind].name }))}
        value={kind}
        onChange={setKind}
      />
      {page.hints.length > 0 && (
        <Card bare>
          {page.hints.map((hint) => (
            <Row key={hint} icon="circle-alert" title={hint} />
          ))}
        </Card>
      )}
      {template && <TemplateForm key={kind} gridId={gridId} template={template} />}
    </>
  );
}
