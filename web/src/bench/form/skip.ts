/** The answer for "this is too much for me": it hands the video on and counts against nobody. */
export const TOO_MUCH = "NA-WELL";
