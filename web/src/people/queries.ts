import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { get, patch, post } from "../api/fetch";
import type { AddedPerson, NewLink, NewPerson, Person, PersonChange } from "../api/types";

const key = ["people"];

export const usePeople = (): UseQueryResult<Person[]> =>
  useQuery({ queryKey: key, queryFn: () => get<Person[]>("/api/people") });

/** A link that was just made, and for whom; the server will not show it again. */
export type MadeLink = { person: Person; link: string };

export function useAddPerson(
  onMade: (made: MadeLink) => void,
): UseMutationResult<AddedPerson, Error, NewPerson> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (person: NewPerson) => post<AddedPerson>("/api/people", person),
    onSuccess: (made) => {
      onMade(made);
      return client.invalidateQueries({ queryKey: key });
    },
  });
}

export const useNewLink = (onMade: (made: MadeLink) => void): UseMutationResult<MadeLink, Error, Person> =>
  useMutation({
    mutationFn: async (person: Person) => ({
      person,
      ...(await post<NewLink>(`/api/people/${encodeURIComponent(person.id)}/link`, {})),
    }),
    onSuccess: onMade,
  });

/** What is known of people is asked for again. */
export function useChanged(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}

export function useChangePerson(id: string): UseMutationResult<Person, Error, PersonChange> {
  const changed = useChanged();
  return useMutation({
    mutationFn: (change: PersonChange) => patch<Person>(`/api/people/${encodeURIComponent(id)}`, change),
    onSuccess: changed,
  });
}

export function useSetActive(): UseMutationResult<Person, Error, Person> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, active }: Person) =>
      patch<Person>(`/api/people/${encodeURIComponent(id)}`, { active: !active }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
