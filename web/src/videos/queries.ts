import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get } from "../api/fetch";
import type { LookupList, OfferList, TextFound, VideoList, VideoPage } from "../api/types";

export const PLACES = ["title", "caption", "on-screen-text", "speech"] as const;
export type SearchPlace = (typeof PLACES)[number];

/** A page of videos in order of id. */
export const useVideos = (after: string, condition: string): UseQueryResult<VideoList> =>
  useQuery({
    queryKey: ["library", "videos", after, condition],
    queryFn: () => get<VideoList>(`/api/library/videos?${new URLSearchParams({ after, condition })}`),
  });

/** Videos by what stands and is said in them. */
export function useSearch(q: string, places: readonly SearchPlace[]): UseQueryResult<TextFound> {
  const asked = new URLSearchParams([["q", q], ...places.map((place): [string, string] => ["place", place])]);
  return useQuery({
    queryKey: ["library", "search", asked.toString()],
    queryFn: () => get<TextFound>(`/api/library/search?${asked}`),
  });
}

/** One video whole. Its media links live for half an hour, so it is not kept for long. */
export const useVideo = (video: string): UseQueryResult<VideoPage> =>
  useQuery({
    queryKey: ["library", "video", video],
    queryFn: () => get<VideoPage>(`/api/library/video?${new URLSearchParams({ video })}`),
    staleTime: 20 * 60_000,
  });

export const useLookups = (): UseQueryResult<LookupList> =>
  useQuery({ queryKey: ["library", "lookups"], queryFn: () => get<LookupList>("/api/library/lookups") });

export const siblingsKey = ["library", "siblings"];

export const useSiblings = (): UseQueryResult<OfferList> =>
  useQuery({ queryKey: siblingsKey, queryFn: () => get<OfferList>("/api/library/siblings") });

/** Where a video's page is; `at` a second to begin at. */
export const addressOf = (video: string, at?: number): string =>
  `/videos/of/${encodeURIComponent(video)}${at === undefined ? "" : `?t=${at}`}`;
