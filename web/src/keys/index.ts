export type { Command } from "./match";
export { useCommands } from "./useCommands";
