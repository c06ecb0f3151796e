package symbolai.mcp.server.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Some hours of some days; hours that end before they begin go over midnight and belong to the day on which they begin.
 *
 * @param days none means every day
 * @param to is no longer part of it; the same as {@code from} means the whole day
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public Hours {
        days = days.isEmpty() ? Set.copyOf(EnumSet.allOf(DayOfWeek.class)) : Set.copyOf(days);
    }

    /** Whether the moment lies in them. */
    public boolean contains(Instant moment) {
        var local = moment.atZone(zone);
        var time = local.toLocalTime();
        var today = local.getDayOfWeek();
        if (from.equals(to)) {
            return days.contains(today);
        }
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return (days.contains(today) && !time.isBefore(from)) || (days.contains(today.minus(1)) && time.isBefore(to));
    }
}
