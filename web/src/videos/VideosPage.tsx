import { Button, TextInput } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import type { FoundVideo, VideoList } from "../api/types";
import { clock } from "../bench/player/clock";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { State } from "../ui/State";
import { Card } from "./Card";
import { pieces } from "./marked";
import { addressOf, PLACES, useSearch, useVideos, type SearchPlace } from "./queries";
import classes from "./Videos.module.css";
import { keyed } from "./keyed";
import { words } from "./words";

/** Every video of the workspace, a page at a time; or those whose texts hold what is searched for. */
export function VideosPage(): ReactElement {
  const { t } = useWords(words);
  const [params] = useSearchParams();
  const q = params.get("q") ?? "";
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      aside={
        <nav className={classes.ways} aria-label={t("title")}>
          <Link href="/videos/siblings">{t("toSiblings")}</Link>
          <Link href="/videos/lookups">{t("toLookups")}</Link>
        </nav>
      }
    >
      <SearchForm key={q} q={q} />
      {q ? <Found q={q} /> : <All />}
    </Page>
  );
}

function SearchForm({ q }: { q: string }): ReactElement {
  const { t } = useWords(words);
  const [, go] = useLocation();
  const [said, setSaid] = useState(q);
  return (
    <form
      role="search"
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault();
        go(said.trim() ? `/videos?${new URLSearchParams({ q: said.trim() })}` : "/videos");
      }}
    >
      <TextInput
        className={classes.box ?? ""}
        label={t("search")}
        description={t("searchHelp")}
        maxLength={200}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
      <Button type="submit">{t("find")}</Button>
      {q && (
        <Button variant="default" onClick={() => go("/videos")}>
          {t("clear")}
        </Button>
      )}
    </form>
  );
}

function All(): ReactElement {
  const [after, setAfter] = useState("");
  const [condition, setCondition] = useState("");
  const videos = useVideos(after, condition);
  const choose = (to: string): void => {
    setAfter("");
    setCondition(to);
  };
  return (
    <Answer query={videos}>
      {(list) => <List list={list} condition={condition} onChoose={choose} after={after} onTurn={setAfter} />}
    </Answer>
  );
}

type ListProps = {
  list: VideoList;
  condition: string;
  after: string;
  onChoose(condition: string): void;
  onTurn(after: string): void;
};

function List({ list, condition, after, onChoose, onTurn }: ListProps): ReactElement {
  const { t } = useWords(words);
  const every = Object.values(list.conditions).reduce((sum, n) => sum + n, 0);
  if (every === 0) return <State title={t("none")}>{t("noneMore")}</State>;
  const conditions = Object.entries(list.conditions);
  return (
    <>
      {conditions.length > 1 && (
        <div className={classes.chips} role="group">
          <Chip on={condition === ""} onClick={() => onChoose("")} said={t("all", { count: every })} />
          {conditions.map(([code, count]) => {
            const key = keyed<"is_ready">(`is_${code}`);
            const said = `${key ? t(key) : code} (${count})`;
            return <Chip key={code} on={condition === code} onClick={() => onChoose(code)} said={said} />;
          })}
        </div>
      )}
      <ul className={classes.cards}>
        {list.videos.map((card) => (
          <li key={card.video}>
            <Card card={card} />
          </li>
        ))}
      </ul>
      {(after || list.after) && (
        <div className={classes.turn}>
          <Button variant="default" disabled={!after} onClick={() => onTurn("")}>
            {t("first")}
          </Button>
          <Button variant="default" disabled={!list.after} onClick={() => onTurn(list.after ?? "")}>
            {t("further")}
          </Button>
        </div>
      )}
    </>
  );
}

type ChipProps = { on: boolean; said: string; onClick(): void };

const Chip = ({ on, said, onClick }: ChipProps): ReactElement => (
  <button type="button" className={classes.chip} aria-pressed={on} onClick={onClick}>
    {said}
  </button>
);

function Found({ q }: { q: string }): ReactElement {
  const { t } = useWords(words);
  const [places, setPlaces] = useState<readonly SearchPlace[]>([]);
  const found = useSearch(q, places);
  const toggle = (place: SearchPlace): void =>
    setPlaces(places.includes(place) ? places.filter((one) => one !== place) : [...places, place]);
  return (
    <>
      <div className={classes.chips} role="group" aria-label={t("places")}>
        <span className={classes.soft}>{t("places")}</span>
        {PLACES.map((place) => {
          const key = keyed<"in_title">(`in_${place}`) ?? "in_title";
          return <Chip key={place} on={places.includes(place)} onClick={() => toggle(place)} said={t(key)} />;
        })}
      </div>
      <Answer query={found}>
        {(list) =>
          list.found.length === 0 ? (
            <State title={t("noneFound")}>{t("noneFoundMore")}</State>
          ) : (
            <>
              <p role="status" className={classes.soft}>
                {t("found", { count: list.found.length, hits: list.hits })}
                {list.most && ` ${t("most")}`}
              </p>
              <ul className={classes.found}>
                {list.found.map((one) => (
                  <li key={one.card.video}>
                    <FoundRow found={one} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answer>
    </>
  );
}

function FoundRow({ found }: { found: FoundVideo }): ReactElement {
  const { t } = useWords(words);
  return (
    <div className={classes.row}>
      <Card card={found.card} />
      <ol className={classes.hits}>
        {found.hits.map((hit) => {
          const key = keyed<"in_title">(`in_${hit.place}`) ?? "in_title";
          return (
            <li key={`${hit.place} ${hit.start} ${hit.text}`}>
              <Link href={addressOf(found.card.video, hit.start)} className={classes.hit}>
                <span className={classes.at}>{clock(hit.start)}</span>
                <span className={classes.place}>{t(key)}</span>
                <span>
                  {pieces(hit.text, hit.marks).map((piece) =>
                    piece.meant ? (
                      <mark key={piece.at}>{piece.text}</mark>
                    ) : (
                      <span key={piece.at}>{piece.text}</span>
                    ),
                  )}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
