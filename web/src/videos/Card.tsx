import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { VideoCard } from "../api/types";
import { clock } from "../bench/player/clock";
import { useWords } from "../i18n/useWords";
import { addressOf } from "./queries";
import classes from "./Videos.module.css";
import { keyed } from "./keyed";
import { words } from "./words";

/** A video in a list: its still, its title, and what is odd about it. */
export function Card({ card, children }: { card: VideoCard; children?: ReactNode }): ReactElement {
  const { t } = useWords(words);
  const title = card.hidden ? card.video : card.title || t("untitled");
  const open = !card.hidden && !card.locked;
  return (
    <article className={classes.card} data-shut={!open || undefined}>
      <div className={classes.still}>
        {card.poster && <img src={card.poster} alt="" loading="lazy" />}
        {card.duration > 0 && open && <span className={classes.length}>{clock(card.duration)}</span>}
      </div>
      <h3 className={classes.name}>
        {open ? <Link href={addressOf(card.video)}>{title}</Link> : title}
        {!card.hidden && <span className={classes.id}>{card.video}</span>}
      </h3>
      <Oddities card={card} copies={children === undefined} />
      {children}
    </article>
  );
}

function Oddities({ card, copies }: { card: VideoCard; copies: boolean }): ReactElement {
  const { t } = useWords(words);
  const state = keyed<"is_added">(`is_${card.condition}`);
  const sound = card.condition === "ready" || card.condition === "playable";
  const said = [
    card.hidden && t("hidden"),
    card.locked && t("locked"),
    !card.hidden && !sound && (state ? t(state) : card.condition),
  ].filter((each) => each !== false);
  return (
    <>
      {said.length > 0 && <p className={classes.odd}>{said.join(" · ")}</p>}
      {copies && card.family > 1 && <p className={classes.soft}>{t("copies", { count: card.family - 1 })}</p>}
    </>
  );
}
