package io.jenkins.plugins.awscicd.delivery.board;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which part of a long list is shown. */
@ExportedBean(defaultVisibility = 2)
public final class Paging {

    private final int page;
    private final int size;
    private final int total;

    /** @param page from 1 on; what is beyond the last is the last */
    Paging(int page, int size, int total) {
        this.size = size;
        this.total = total;
        this.page = Math.max(1, Math.min(page, (total + size - 1) / size));
    }

    long skipped() {
        return (page - 1L) * size;
    }

    @Exported
    public int getPage() {
        return page;
    }

    @Exported
    public int getPages() {
        return Math.max(1, (total + size - 1) / size);
    }

    /** How many there are on all pages. */
    @Exported
    public int getTotal() {
        return total;
    }

    public boolean isSeveral() {
        return total > size;
    }

    public boolean isFirst() {
        return page == 1;
    }

    public boolean isLast() {
        return page >= getPages();
    }
}
